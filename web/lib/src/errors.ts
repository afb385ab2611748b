// The one error class of the package. A code to branch on and a message that says what failed,
// where, what was expected and what came instead. Aborts are not among them: they reject with the
// signal's own reason (a DOMException named "AbortError" unless the caller gave another), as
// everywhere on the platform.

export type ErrorCode =
  /** An argument or option is wrong in itself. */
  | "INVALID_ARGUMENT"
  /** A file was read but does not say what such a file must say. */
  | "INVALID_FORMAT"
  /** A valid wish that this version, this model or this browser cannot fulfil. */
  | "UNSUPPORTED"
  /** No such model, or no such file at its address. */
  | "NOT_FOUND"
  | "OUT_OF_MEMORY"
  /** A defect: the engine or its worker died. The next request starts a new one. */
  | "INTERNAL"
  /** The server could not be reached, or the connection was lost. */
  | "NETWORK"
  /** The bytes that arrived are not those that the manifest promises. */
  | "INTEGRITY";

export class GlassformerError extends Error {
  override readonly name = "GlassformerError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
