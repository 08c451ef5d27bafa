/**
 * How long something still takes, roughly, as people say it.
 *
 * @example
 * timeLeftWords(0.4) // 'under a minute left'
 * timeLeftWords(130) // '2 h 10 min left'
 */
export function timeLeftWords(minutes: number): string {
  if (minutes < 1) return 'under a minute left';
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min left`;
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} h left` : `${Math.floor(whole / 60)} h ${rest} min left`;
}
