import { describe, expect, it } from "vitest";
import {
  chooseBuild,
  chooseThreads,
  type KernelProbe,
} from "../../../web/lib/src/worker/engine-choice.js";

/** A probe, and a clock that only its runs move: `relaxed` and `simd128` are milliseconds a run. */
function fakeProbe(facts: { exact: boolean; relaxed: number; simd128: number }) {
  let clock = 0;
  const probe: KernelProbe = {
    is_exact: () => Number(facts.exact),
    run_relaxed: (times) => void (clock += times * facts.relaxed),
    run_simd128: (times) => void (clock += times * facts.simd128),
  };
  return { load: async () => probe, now: () => clock };
}

describe("chooseBuild", () => {
  it.each([
    ["relaxed", { exact: true, relaxed: 1, simd128: 2 }],
    ["relaxed", { exact: true, relaxed: 1, simd128: 1 }],
    ["simd128", { exact: true, relaxed: 3, simd128: 2 }],
    ["simd128", { exact: false, relaxed: 1, simd128: 2 }],
  ])("takes %s for %j", async (expected, facts) => {
    const { load, now } = fakeProbe(facts);
    expect(await chooseBuild("auto", load, now)).toBe(expected);
  });

  it.each([1, 3, 5])(
    "waits for %d rounds until the browser has compiled the probe",
    async (late) => {
      let [clock, rounds] = [0, 0];
      const probe: KernelProbe = {
        is_exact: () => 1,
        run_relaxed: () => void (clock += rounds++ < late ? 9 : 1),
        run_simd128: () => void (clock += 2),
      };
      const load = async () => probe;
      expect(await chooseBuild("auto", load, () => clock)).toBe("relaxed");
    },
  );

  it("comes to an end with a probe that never settles", async () => {
    let [clock, step] = [0, 1e6];
    const run = () => void (clock += step *= 0.8);
    const probe: KernelProbe = { is_exact: () => 1, run_relaxed: run, run_simd128: run };
    await expect(
      chooseBuild(
        "auto",
        async () => probe,
        () => clock,
      ),
    ).resolves.toBe("simd128");
  });

  it("takes simd128 where the probe does not compile or does not run", async () => {
    expect(await chooseBuild("auto", async () => undefined)).toBe("simd128");
    const broken = () => Promise.reject(new Error("no memory"));
    expect(await chooseBuild("auto", broken)).toBe("simd128");
  });

  it("does as it is told", async () => {
    const { load, now } = fakeProbe({ exact: false, relaxed: 9, simd128: 1 });
    expect(await chooseBuild("relaxed", load, now)).toBe("relaxed");
    expect(await chooseBuild("simd128", load, now)).toBe("simd128");
  });
});

describe("chooseThreads", () => {
  const isolated = {
    crossOriginIsolated: true,
    hardwareConcurrency: 8,
    hasInstructions: async () => true,
  };

  it("takes as many as the processor has, up to four", async () => {
    expect(await chooseThreads("auto", isolated)).toBe(4);
    expect(await chooseThreads("auto", { ...isolated, hardwareConcurrency: 2 })).toBe(2);
    expect(await chooseThreads("auto", { ...isolated, hardwareConcurrency: 1 })).toBe(1);
  });

  it("takes as many as it is told", async () => {
    expect(await chooseThreads(6, isolated)).toBe(6);
    expect(await chooseThreads(1, isolated)).toBe(1);
  });

  it.each([
    ["the page is not isolated", { crossOriginIsolated: false }],
    ["the browser lacks the instructions", { hasInstructions: async () => false }],
  ])("takes one where %s", async (_, lack) => {
    expect(await chooseThreads("auto", { ...isolated, ...lack })).toBe(1);
    expect(await chooseThreads(3, { ...isolated, ...lack })).toBe(1);
  });
});
