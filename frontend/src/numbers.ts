/** Numbers and dates as the pages write them (web/formats.py says the same to the server). */

export const isJapanese = document.documentElement.lang.startsWith("ja");

const STEPS: readonly [number, string][] = isJapanese
  ? [[1e8, "億"], [1e4, "万"]]
  : [[1e9, "G"], [1e6, "M"], [1e3, "k"]];

export function number(value: number): string {
  return value.toLocaleString("en-US").replace("-", "−");
}

/** Short from ten thousand upwards: 2万, 20k. */
export function axis(value: number): string {
  if (Math.abs(value) < 10_000) return number(value);
  const [unit, word] = STEPS.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  return `${number(Math.round((value / unit) * 10) / 10)}${word}`;
}

/** The distance of grid lines, one, two or five times a power of ten, so that two or three of them stand under `most`. */
export function gridStep(most: number): number {
  for (let size = 1; ; size *= 10)
    for (const factor of [1, 2, 5]) if (most / (size * factor) < 4) return size * factor;
}
