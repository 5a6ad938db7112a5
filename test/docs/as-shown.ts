import { hostname } from 'node:os';

/** The places of the run that is shown, for those that a reader would see in their place. */
export interface ShownPlaces {
  /** The workbench. */
  folder: string;
  /** Of the model. */
  modelUrl: string;
  /** `host:port` */
  temporalAddress: string;
  /** As in `http://host:port`. */
  webUi: string;
}

const HOME = '/home/you';
const MACHINE = hostname().replace(/[^\w-]/g, '-');

/** What the program said, as a reader expects it: their folders, the usual ports, one name for whatever is drawn. */
export function asShown(said: string, { folder, modelUrl, temporalAddress, webUi }: ShownPlaces): string {
  return (
    said
      .replaceAll(`${folder}/state`, `${HOME}/.local/state`)
      .replaceAll(folder, HOME)
      .replaceAll(process.cwd(), `${HOME}/augmentoolkit`)
      .replaceAll(new URL(modelUrl).host, '127.0.0.1:8300')
      .replaceAll(temporalAddress, '127.0.0.1:7233')
      .replaceAll(webUi, 'http://127.0.0.1:8233')
      .replace(/\b(output)-[0-9a-f]{6}\b/g, '$1-5c81e2')
      .replace(/(output-5c81e2)\.[0-9a-f]{8}\b/g, '$1.b41c07de')
      .replace(new RegExp(`\\b${MACHINE}-\\d+-[0-9a-f]{8}\\b`, 'g'), 'my-machine-4711-9d20c3a1')
      .replace(/(its\s+program\s+is\s+)\S+/, '$1/usr/local/bin/temporal')
      // The workbench gives its ports so; the command as it is shown has none.
      .replace(', with the same --set', '')
      .replace(/[ \t]+$/gm, '')
      .trim()
  );
}
