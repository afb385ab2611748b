// Entry point of the page.

import { mount } from "svelte";
import App from "./App.svelte";
import "./design/tokens.css";
import "./design/base.css";

const target = document.getElementById("app");
if (!target) throw new Error('index.html has no element "app"');
// In a task of its own: loading the modules was one.
setTimeout(() => mount(App, { target }));
