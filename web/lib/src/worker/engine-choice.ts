// Which of the engine's builds this browser gets, and with how many threads. Relaxed SIMD may be
// missing (WebKit), wrong (early engines) or slower than plain SIMD (where the processor lacks the
// instructions): so it is tried, in a few milliseconds, before an engine is downloaded. Threads need
// memory that they share, which browsers give to pages that are isolated from other origins.

/** What `env.engine` may be. */
export type EngineChoice = "auto" | EngineBuild;
export type EngineBuild = "simd128" | "relaxed";

/** What `env.threads` may be. */
export type ThreadChoice = "auto" | number;

/** What the page asks for. */
export interface EngineWish {
  engine: EngineChoice;
  threads: ThreadChoice;
}

/** What it got. */
export interface EngineFacts {
  build: EngineBuild;
  /** 1: a build without threads. */
  threads: number;
}

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

/** What the browser says of itself. */
export interface ThreadSupport {
  crossOriginIsolated: boolean;
  hardwareConcurrency: number;
  /** Whether WebAssembly has what threads need. */
  hasInstructions: () => Promise<boolean>;
}

/** More cost a phone more battery than they save time. */
const kMostThreadsByDefault = 4;

/** 1 where there cannot be more, whatever was asked for: everything works, only slower. */
export async function chooseThreads(
  choice: ThreadChoice,
  { crossOriginIsolated, hardwareConcurrency, hasInstructions }: ThreadSupport,
): Promise<number> {
  const threads = choice === "auto" ? Math.min(hardwareConcurrency, kMostThreadsByDefault) : choice;
  if (threads <= 1 || !crossOriginIsolated) return 1;
  return (await hasInstructions()) ? threads : 1;
}

// One run is some microsecond of work, several times that before the browser has compiled it
// well, which it does beside the first rounds. Clocks may be as coarse as 100 microseconds.
const kRuns = 800;
const kSettledRounds = 6; // without a clearly better time: it has compiled both
const kMostRounds = 40;
const kClearly = 0.9;

/** The best of some rounds each, in turn: whatever else the machine does meets both alike. */
function isFaster(probe: KernelProbe, now: () => number): boolean {
  const time = (run: (times: number) => void) => {
    const start = now();
    run(kRuns);
    return now() - start;
  };
  let best = { relaxed: Infinity, simd128: Infinity };
  let settled = 0;
  for (let round = 0; round < kMostRounds && settled < kSettledRounds; ++round) {
    const [relaxed, simd128] = [time(probe.run_relaxed), time(probe.run_simd128)];
    const isBetter = relaxed < kClearly * best.relaxed || simd128 < kClearly * best.simd128;
    settled = isBetter ? 0 : settled + 1;
    best = {
      relaxed: Math.min(best.relaxed, relaxed),
      simd128: Math.min(best.simd128, simd128),
    };
  }
  // On a tie relaxed: its f32 products are faster everywhere.
  return best.relaxed <= best.simd128;
}
