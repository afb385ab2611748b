// From measurements to a table.

const sorted = (values) => [...values].sort((a, b) => a - b);
/** The value below which this share of the others lies. */
export const quantile = (values, share) => {
  const list = sorted(values);
  return list[Math.min(list.length - 1, Math.floor(share * list.length))];
};

/** Milliseconds: the median, the quartiles and the best. */
export function summarize(times) {
  const milliseconds = times.map((time) => time * 1000);
  return {
    median: quantile(milliseconds, 0.5),
    low: quantile(milliseconds, 0.25),
    high: quantile(milliseconds, 0.75),
    best: Math.min(...milliseconds),
  };
}

export const number = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  return rows
    .map((row) => row.map((cell, i) => String(cell).padStart(widths[i])).join("  "))
    .join("\n");
}

function peakFor(name, { peak_int8, peak_f32, peak_memory }) {
  if (name.includes("memory")) return peak_memory;
  return name.includes("int8") ? peak_int8 : peak_f32;
}

export function kernelTable(kernels) {
  const rows = [["build", "kernel", "GOP/s", "of its peak"]];
  for (const [build, rates] of Object.entries(kernels)) {
    for (const [name, rate] of Object.entries(rates)) {
      rows.push([build, name, number(rate), `${Math.round((100 * rate) / peakFor(name, rates))}%`]);
    }
  }
  return table(rows);
}

/** With one thread, and with two. */
export function encoderTables(encoders) {
  const two = ", 2 threads";
  return [
    encoderTable(encoders, ["simd128", "relaxed"], "onnxruntime"),
    encoderTable(encoders, [`relaxed${two}`], `onnxruntime${two}`),
  ].join("\n\n");
}

function encoderTable(encoders, ours, theirs) {
  const rows = [["encoder", "texts x tokens", ...ours, theirs, "ratio", "by the best"]];
  for (const { shape, dtype, sizes } of encoders) {
    for (const [size, engines] of Object.entries(sizes)) {
      const peer = engines[theirs];
      const least = (figure) => Math.min(...ours.map((name) => engines[name][figure]));
      const spread = ({ median, low, high }) =>
        `${number(median)} (${number(low)}-${number(high)})`;
      rows.push([
        `${shape} ${dtype}`,
        size,
        ...[...ours, theirs].map((name) => spread(engines[name])),
        (peer.median / least("median")).toFixed(2),
        (peer.best / least("best")).toFixed(2),
      ]);
    }
  }
  return table(rows);
}
