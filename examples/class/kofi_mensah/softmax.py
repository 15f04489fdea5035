from numpy import array, exp, inf, isnan, all, any


def softmax_temperature(z, tau, axis=-1):
	z = array(z, dtype=float)
	tau = array(tau, dtype=float)
	if z.ndim == 0 or z.shape[axis] == 0:
		raise ValueError("z needs at least one logit")
	if not all(tau > 0):
		raise ValueError("tau needs to be positive")
	if any(isnan(z)) or any(z == inf) or any(all(z == -inf, axis=axis)):
		raise ValueError("bad logits")
	biggest = z.max(axis)
	y = exp((z - biggest) / tau)
	return y / y.sum(axis)
