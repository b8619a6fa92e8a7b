// Student's t distribution for whole degrees of freedom.

/**
 * The value that a variable of Student's t distribution stays below with probability p, from 0.5 to 1. Its distribution function is a finite
 * sum (Abramowitz and Stegun 26.7.3 and 26.7.4), which is inverted by halving.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0.5 && p < 1) || !Number.isInteger(degrees) || degrees < 1)
    throw new Error(`no quantile of Student's t at ${p} with ${degrees} degrees of freedom`);
  let [low, high] = [0, 1];
  while (within(high, degrees) < 2 * p - 1) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (within(middle, degrees) < 2 * p - 1) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of lying between -t and t. */
function within(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
