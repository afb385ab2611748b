// What a `progress_callback` is told while a model loads: the events of transformers.js, and one
// more, "warning".

export interface ByteCount {
  /** Bytes so far. */
  loaded: number;
  /** Bytes in the end. */
  total: number;
}

interface FileEvent {
  /** The model's id. */
  name: string;
  file: string;
}

export type WarningCode =
  /** The file could not be kept for the next visit: no Cache API here, or no room. */
  "CACHE_UNAVAILABLE";

export type ProgressInfo =
  /** A file is about to be looked up; "download" follows if it is not in the browser's cache. */
  | ({ status: "initiate" } & FileEvent)
  | ({ status: "download" } & FileEvent)
  /** `progress` is a percentage, 0 to 100. */
  | ({ status: "progress"; progress: number } & FileEvent & ByteCount)
  /** The sum over all files of the model. */
  | ({
      status: "progress_total";
      name: string;
      progress: number;
      files: Record<string, ByteCount>;
    } & ByteCount)
  | ({ status: "done" } & FileEvent)
  /** The model is in the engine's memory and checked. */
  | { status: "ready"; task: string; model: string }
  /** Something is less good than it could be, and the loading goes on. */
  | { status: "warning"; name: string; file: string; code: WarningCode; message: string };

export type ProgressCallback = (info: ProgressInfo) => void;
