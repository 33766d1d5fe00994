import { ref } from 'vue';

const tones = [784, 523] as const;
const toneSeconds = 0.35;

/** Two soft tones when somebody is called. Off until it is pressed: browsers let no page sound by itself. */
export function useChime() {
  const isOn = ref(false);
  let audio: AudioContext | null = null;

  function ring(): void {
    if (!isOn.value || audio === null) return;
    for (const [index, frequency] of tones.entries()) {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      const begin = audio.currentTime + index * toneSeconds;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.3, begin);
      volume.gain.exponentialRampToValueAtTime(0.001, begin + 2 * toneSeconds);
      tone.connect(volume).connect(audio.destination);
      tone.start(begin);
      tone.stop(begin + 2 * toneSeconds);
    }
  }

  async function toggle(): Promise<void> {
    isOn.value = !isOn.value;
    audio ??= new AudioContext();
    await audio.resume();
    ring();
  }

  return { isOn, ring, toggle };
}
