// Runs in the page that is measured: what the browser's own observers say of its loading, and the
// length of its frames. Each function stands by itself, as it is sent to the page.

/** Before anything else of the page: takes notes from the first moment on. */
export function collect() {
  const notes = { tasks: [], shifts: [], answer: null };
  Object.assign(window, { notes });
  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
    });
  observe("longtask", ({ startTime, duration }) => notes.tasks.push({ startTime, duration }));
  observe("layout-shift", ({ value, hadRecentInput, startTime, sources }) => {
    if (hadRecentInput) return;
    const moved = sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "");
    notes.shifts.push({ startTime, value, moved });
  });
  const watcher = new MutationObserver(() => {
    if (notes.answer !== null || !document.querySelector("[data-testid=verdict]")) return;
    notes.answer = performance.now();
    watcher.disconnect();
  });
  watcher.observe(document, { childList: true, subtree: true });
}

/** Milliseconds since the visit began; `blocking`: beyond 50 ms of each task, summed. */
export function readCollected() {
  const kLongTask = 50;
  const { tasks, shifts, answer } = window.notes;
  const firstPaint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
  const longer = tasks.map(({ duration }) => duration - kLongTask);
  return {
    firstPaint,
    answer,
    blocking: longer.reduce((sum, time) => sum + time, 0),
    longest: Math.max(0, ...tasks.map(({ duration }) => duration)),
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    tasks,
    shifts,
  };
}

/** Resolves with the milliseconds of each frame until `window.stopFrames` is set. */
export function frames() {
  return new Promise((resolve) => {
    const times = [];
    let last = null;
    const note = (now) => {
      if (last !== null) times.push(now - last);
      last = now;
      if (window.stopFrames) resolve(times);
      else requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
}
