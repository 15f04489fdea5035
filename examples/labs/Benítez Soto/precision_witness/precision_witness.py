def precision_witness():
    # dos tokens buenos y muchos malos, todos por debajo de lo que cabe en float16 (2**-25)
    return [30.0, 30.0] + [12.0 - 0.001 * (i % 7) for i in range(3000)]
