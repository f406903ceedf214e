// Makes a value and all in it unchangeable, maps included: what was checked stays what it was.

export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const inside = value instanceof Map ? [...value.values()] : Object.values(value);
  if (value instanceof Map) lock(value);
  Object.freeze(value);
  inside.forEach(deepFreeze);
  return value;
}

/** Freezing leaves a map's entries open; its three ways in are shut one by one. */
function lock(map: Map<unknown, unknown>): void {
  const refuse = (): never => {
    throw new TypeError('the site is frozen');
  };
  Object.defineProperties(map, {
    set: { value: refuse },
    delete: { value: refuse },
    clear: { value: refuse },
  });
}
