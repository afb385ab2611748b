// Entry point of the worker.

import { expose } from "comlink";
import createModule, { type MainModule } from "../generated/glassformer-engine.mjs";
import { EngineHost } from "./engine-host.js";
import { startModule } from "./engine-module.js";
import type { FromEmbind } from "./embind-types.js";
import { browserPlatform } from "./platform.js";

const create = createModule as () => Promise<FromEmbind<MainModule>>;

expose(new EngineHost(() => startModule(create), browserPlatform()));
