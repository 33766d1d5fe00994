/** Rolls a die with so many sides: 0 to one less. */
export type Roll = (sides: number) => number;

/** Always the same rolls: what failed once fails again. */
export function dice(seed: number): Roll {
  let state = seed;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}
