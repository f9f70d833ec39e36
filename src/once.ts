/** Makes a value when it is first asked for, and keeps it: for what costs much to make and may not be needed at all. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
