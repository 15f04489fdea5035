def precision_witness():
    return [0.0] + [-18.0] * 50
