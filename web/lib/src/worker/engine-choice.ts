// Which of the engine's two builds this browser gets. Relaxed SIMD may be missing (WebKit), wrong
// (early engines) or slower than plain SIMD (where the processor lacks the instructions): so it is
// tried, in a few milliseconds, before an engine is downloaded.

/** What `env.engine` may be. */
export type EngineChoice = "auto" | EngineBuild;
export type EngineBuild = "simd128" | "relaxed";

export interface KernelProbe {
  /** 1: exact, to the last bit. */
  is_exact(): number;
  run_relaxed(times: number): void;
  run_simd128(times: number): void;
}

/** Never rejects: without a usable probe it is simd128. */
export async function chooseBuild(
  choice: EngineChoice,
  load: () => Promise<KernelProbe | undefined>,
  now: () => number = () => performance.now(),
): Promise<EngineBuild> {
  if (choice !== "auto") return choice;
  try {
    const probe = await load();
    return probe && probe.is_exact() === 1 && isFaster(probe, now) ? "relaxed" : "simd128";
  } catch {
    return "simd128";
  }
}

// One run is some microsecond of work, several times that before the browser has compiled it
// well. Clocks may be as coarse as 100 microseconds.
const kRuns = 800;
const kRounds = 3;

/** The best of a few rounds each, in turn: whatever else the machine does meets both alike. */
function isFaster(probe: KernelProbe, now: () => number): boolean {
  const time = (run: (times: number) => void) => {
    const start = now();
    run(kRuns);
    return now() - start;
  };
  let relaxed = Infinity;
  let simd128 = Infinity;
  for (let round = 0; round < kRounds; ++round) {
    relaxed = Math.min(relaxed, time(probe.run_relaxed));
    simd128 = Math.min(simd128, time(probe.run_simd128));
  }
  // On a tie relaxed: its f32 products are faster everywhere.
  return relaxed <= simd128;
}
