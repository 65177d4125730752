import { chromium } from 'playwright-core';
import { base } from './browser.mjs';
/** A browser of its own whose microphone plays this file, again and again. */
export function launchWithMicrophone(wav) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}`,
    ],
  });
}
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB', ...options });
  context.setDefaultTimeout(40_000);
  return context.newPage();
}
/** Waits until the page plays a tone of this frequency; gives how long that took. */
export function hears(page, hz, timeoutMs = 40_000) {
  return page.evaluate(
    ({ hz, timeoutMs }) =>
      new Promise((resolve, reject) => {
        const began = performance.now();
        const context = new AudioContext();
        let stream = null;
        let analyser = null;
        const listen = () => {
          const playing = document.querySelector('audio')?.srcObject;
          if (playing && playing !== stream && playing.getAudioTracks().length > 0) {
            stream = playing;
            analyser = context.createAnalyser();
            analyser.fftSize = 4096;
            analyser.smoothingTimeConstant = 0;
            context.createMediaStreamSource(playing).connect(analyser);
          }
          if (!analyser) return false;
          const bins = new Float32Array(analyser.frequencyBinCount);
          analyser.getFloatFrequencyData(bins);
          let top = 5;
          for (let at = 5; at < bins.length; at++) if (bins[at] > bins[top]) top = at;
          return bins[top] > -60 && Math.abs((top * context.sampleRate) / analyser.fftSize - hz) < 20;
        };
        const look = () => {
          const took = performance.now() - began;
          if (listen()) resolve(took);
          else if (took > timeoutMs) reject(new Error(`no tone of ${hz} Hz within ${timeoutMs} ms`));
          else setTimeout(look, 10);
        };
        look();
      }),
    { hz, timeoutMs },
  );
}
