// npm run parity:table
import { runMain } from "../../wasm/toolchain/shell.mjs";
import { writeTable } from "./table.mjs";

await runMain(() => writeTable());
