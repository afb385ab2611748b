// Pulling what a box scrolls with the mouse; fingers do that by themselves.

const kSlack = 4; // px that a click may slip

export class Drag {
  #from: { x: number; y: number } | null = null;
  #isUnderWay = false;

  begin(event: PointerEvent): void {
    const isMouse = event.pointerType === "mouse" && event.button === 0;
    this.#from = isMouse ? { x: event.clientX, y: event.clientY } : null;
  }

  /** Whether the movement is part of a drag. */
  move(box: HTMLElement, event: PointerEvent): boolean {
    if (this.#from === null || (event.buttons & 1) === 0) return false;
    const [x, y] = [event.clientX - this.#from.x, event.clientY - this.#from.y];
    if (!this.#isUnderWay && Math.hypot(x, y) < kSlack) return false;
    if (!this.#isUnderWay) box.setPointerCapture(event.pointerId);
    this.#isUnderWay = true;
    box.style.cursor = "grabbing";
    box.scrollBy(-x, -y);
    this.#from = { x: event.clientX, y: event.clientY };
    return true;
  }

  end(box: HTMLElement): void {
    this.#from = null;
    this.#isUnderWay = false;
    box.style.cursor = "";
  }
}
