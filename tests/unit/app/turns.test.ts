import { beforeEach, expect, test, vi } from "vitest";
import { takeTurn } from "../../../web/app/design/turns.js";

const kFrame = 16; // ms

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, kFrame));
});

/** A frame, and the task after it. */
const nextFrame = () => vi.advanceTimersByTime(kFrame + 1);

test("does one piece of work for each frame, in the order asked for", () => {
  const done: string[] = [];
  for (const name of ["first", "second", "third"]) takeTurn(() => done.push(name));
  expect(done).toEqual([]);
  nextFrame();
  expect(done).toEqual(["first"]);
  nextFrame();
  nextFrame();
  expect(done).toEqual(["first", "second", "third"]);
});

test("leaves out what has been given up, and keeps one piece a frame", () => {
  const done: string[] = [];
  const giveUp = takeTurn(() => done.push("given up"));
  giveUp();
  for (const name of ["first", "second"]) takeTurn(() => done.push(name));
  nextFrame();
  expect(done).toEqual(["first"]);
  nextFrame();
  expect(done).toEqual(["first", "second"]);
});

test("does work that is asked for by other work", () => {
  const done: string[] = [];
  takeTurn(() => takeTurn(() => done.push("inner")));
  nextFrame();
  nextFrame();
  expect(done).toEqual(["inner"]);
});
