// Entry point of the page.

import { mount } from "svelte";
import App from "./App.svelte";
import { AppState } from "./state/app-state.svelte.js";
import { kTaskEntries, Runs } from "./tasks/registry.js";
import "./design/tokens.css";
import "./design/base.css";

const target = document.getElementById("app");
if (!target) throw new Error('index.html has no element "app"');
const app = new AppState(location.hash, navigator.languages);
const runs = new Runs();
void runs.catalogue.load("models/manifest.json");
// The open task's model takes longer than drawing the page: it comes meanwhile.
kTaskEntries[app.task].runOf(runs, app).model.ensure();
// In a task of its own: loading the modules was one.
setTimeout(() => mount(App, { target, props: { app, runs } }));
