// Embind's definitions call every string `EmbindString`, which is what may be passed in; what comes
// out is always a string. This type says so, and with it the compiler compares the generated
// definitions with seam.ts.

/** The type of what the engine gives, from the type that Embind generates for it. */
export type FromEmbind<T> = Uint8ClampedArray extends T
  ? string
  : T extends Uint8Array
    ? Uint8Array<ArrayBuffer> // what leaves the engine is copied: not even with threads is it shared
    : T extends ArrayBufferView
      ? T
      : T extends abstract new (...args: infer A) => infer R
        ? new (...args: A) => FromEmbind<R>
        : T extends (...args: infer A) => infer R
          ? (...args: A) => FromEmbind<R>
          : T extends object
            ? { [K in keyof T]: FromEmbind<T[K]> }
            : T;
