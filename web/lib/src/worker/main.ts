// Entry point of the worker.

import { expose } from "comlink";
import createModule from "../generated/glassformer-engine.mjs";
import { EngineHost } from "./engine-host.js";
import { startModule } from "./engine-module.js";
import { browserPlatform } from "./platform.js";

expose(new EngineHost(() => startModule(createModule), browserPlatform()));
