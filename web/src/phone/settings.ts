/* What this browser remembers about its phone. */

const read = (name: string) => {
  try {
    return localStorage.getItem(`baton.phone.${name}`);
  } catch {
    return null;
  }
};
const write = (name: string, value: string | null) => {
  try {
    if (value === null) localStorage.removeItem(`baton.phone.${name}`);
    else localStorage.setItem(`baton.phone.${name}`, value);
  } catch {
    /* private mode: it is asked for again */
  }
};

export const settings = {
  on: () => read('on') === 'yes',
  setOn: (on: boolean) => write('on', on ? 'yes' : null),
  microphone: () => read('microphone'),
  setMicrophone: (id: string) => write('microphone', id),
  speaker: () => read('speaker'),
  setSpeaker: (id: string) => write('speaker', id),
};
