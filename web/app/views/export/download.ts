// Files that a person takes away.

const kScale = 2; // pixels of a PNG for each pixel of its SVG
const kMostPixels = 64e6; // larger canvases fail in some browsers

export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

/** Draws an SVG file into a PNG of twice its size, or as large as a canvas may be. */
export async function toPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return await paint(image);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function paint(image: HTMLImageElement): Promise<Blob> {
  const scale = Math.min(kScale, Math.sqrt(kMostPixels / (image.width * image.height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no PNG was made"))),
      "image/png",
    ),
  );
}
