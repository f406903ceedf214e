/** A tare to the ten grams that a scale tells; what is thrown in is shown to the hundred. */
export const kilograms = (kg: number): string => `${kg.toFixed(2)}\u00a0kg`;
