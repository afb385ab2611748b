// npm run bench:load: a DistilBERT of real size (f32, 268 MB) into Chromium, quantised on arrival.
// Says the seconds, the size of the model and the WebAssembly heap, which has a limit.
import { join } from "node:path";

import { setUp } from "../../wasm/toolchain/engine.mjs";
import { repository, run, runMain } from "../../wasm/toolchain/shell.mjs";
import { chromiumPath } from "../../wasm/toolchain/system.mjs";
import { buildWeb } from "../../web/build.mjs";

await runMain(() => {
  buildWeb(setUp({ tests: true }));
  const config = ["--config", "tests/e2e/playwright.config.ts"];
  run(join(repository, "node_modules/.bin/playwright"), ["test", ...config, "large-model"], {
    env: { GLASSFORMER_CHROMIUM: chromiumPath(), GLASSFORMER_LOAD: "real" },
  });
});
