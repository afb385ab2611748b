// Work that can wait for its turn: one piece for each frame, so that no task holds the page up.

type Work = () => void;

const kWaiting: Work[] = [];
let isScheduled = false;

/** One piece after the next frame is drawn. */
function schedule(): void {
  if (isScheduled || kWaiting.length === 0) return;
  isScheduled = true;
  requestAnimationFrame(() => setTimeout(doNext));
}

function doNext(): void {
  isScheduled = false;
  kWaiting.shift()?.();
  schedule();
}

/** First come, first served. What is given back takes the work out of the row. */
export function takeTurn(work: Work): () => void {
  kWaiting.push(work);
  schedule();
  return () => {
    const place = kWaiting.indexOf(work);
    if (place >= 0) kWaiting.splice(place, 1);
  };
}
