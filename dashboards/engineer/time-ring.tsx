const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;

/** How much of the time is left, 0…1, as a ring that empties; the words beside it say it too. */
export function TimeRing({ share }: { share: number }) {
  return (
    <svg class="ring" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <circle class="ring__track" cx="10" cy="10" r={RADIUS} />
      <circle
        class="ring__left"
        cx="10"
        cy="10"
        r={RADIUS}
        stroke-dasharray={`${ROUND * share} ${ROUND}`}
        transform="rotate(-90 10 10)"
      />
    </svg>
  );
}
