// npm run format: every formatter, in place.
import { setUp } from "../wasm/toolchain/engine.mjs";
import { runMain } from "../wasm/toolchain/shell.mjs";
import { format } from "./runners/check.mjs";

await runMain(() => format(setUp()));
