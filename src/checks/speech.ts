/** What a character does while speaking: `*nods*`, `(laughing)`. Bold words are no gesture. */
const GESTURE = /(?<!\*)\*(?![\s*])[^*\n]+\*(?!\*)|(?<![\p{L}\p{N}])[(（][^()（）\n]*[)）]|\[[^[\]\n]*\]/gu;

/** A turn without the gestures in it. */
export function withoutGestures(text: string): string {
  return text.replace(GESTURE, ' ');
}
