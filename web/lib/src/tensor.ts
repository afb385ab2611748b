// A dense array in row-major order.

export interface Tensor {
  data: Float32Array;
  dims: number[];
}

/** Cuts a tensor [n, ...rest] into n views [1, ...rest] of the same memory: nothing is copied. */
export function unstack(stacked: Tensor): Tensor[] {
  const [count = 0, ...rest] = stacked.dims;
  const size = rest.reduce((product, dim) => product * dim, 1);
  return Array.from({ length: count }, (_, index) => ({
    data: stacked.data.subarray(index * size, (index + 1) * size),
    dims: [1, ...rest],
  }));
}
