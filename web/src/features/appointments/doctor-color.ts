/** Edge and tint of a doctor's rows; text stays neutral. Written out so that Tailwind finds them. */
const looks = [
  'border-s-sky-500 bg-sky-500/5',
  'border-s-violet-500 bg-violet-500/5',
  'border-s-emerald-500 bg-emerald-500/5',
  'border-s-orange-500 bg-orange-500/5',
  'border-s-pink-500 bg-pink-500/5',
  'border-s-indigo-500 bg-indigo-500/5',
  'border-s-lime-500 bg-lime-500/5',
  'border-s-fuchsia-500 bg-fuchsia-500/5',
] as const;

/** Gives each doctor of a clinic a colour of their own, the same on every screen: by the order of their ids, which is the order of joining. */
export function doctorLook(doctorId: string, allDoctorIds: readonly string[]): string {
  const index = [...allDoctorIds].sort().indexOf(doctorId);
  return looks[Math.max(0, index) % looks.length] ?? looks[0];
}
