// Type on a wall is measured in millimetres, because a reader's distance is. A browser knows no
// millimetres of its own, so the panel's diagonal says how many pixels one has:
// `?diagonal=32` (inches), `?distance=5` (metres from which it is read).
const INCH_MM = 25.4;
const USUAL_DIAGONAL = 32;
const USUAL_DISTANCE_M = 5;

const positive = (word: string | null, otherwise: number): number => {
  const number = Number(word);
  return word !== null && Number.isFinite(number) && number > 0 ? number : otherwise;
};

export const pixelsPerMillimetre = (width: number, height: number, diagonalInch: number): number =>
  Math.hypot(width, height) / (diagonalInch * INCH_MM);

/** Keeps `--mm` and `--near` true to the panel, also when it is turned. */
export function measurePanel(): void {
  const query = new URLSearchParams(location.search);
  const diagonal = positive(query.get('diagonal'), USUAL_DIAGONAL);
  const distance = positive(query.get('distance'), USUAL_DISTANCE_M);
  const measure = (): void => {
    const mm = pixelsPerMillimetre(innerWidth, innerHeight, diagonal);
    const style = document.documentElement.style;
    style.setProperty('--mm', `${mm.toFixed(4)}px`);
    style.setProperty('--near', String(distance / USUAL_DISTANCE_M));
  };
  measure();
  addEventListener('resize', measure);
}

/** Whether fingers are felt: the browser knows, and `?touch=yes` or `no` knows better. */
export function touchOfPanel(): 'yes' | 'no' {
  const said = new URLSearchParams(location.search).get('touch');
  if (said === 'yes' || said === 'no') return said;
  return navigator.maxTouchPoints > 0 ? 'yes' : 'no';
}
