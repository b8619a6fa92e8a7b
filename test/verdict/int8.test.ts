import { expect, it } from 'vitest';
import { judgeInt8 } from '../../src/verdict/int8.ts';

it('int8 is recommended only where it is certainly faster and loses at most half a point', () => {
  const faster = { change: -0.2, interval: [-0.25, -0.15] } as const;
  expect(judgeInt8({ ...faster, miouChange: -0.004 })).toEqual({
    recommended: true,
    reason: 'int8 is 20.0 % faster than float32 on this machine, at -0.40 points of mIoU.',
  });
  expect(judgeInt8({ ...faster, miouChange: -0.006 }).recommended).toBe(false);
  expect(judgeInt8({ ...faster, miouChange: undefined }).recommended).toBe(false);
  expect(judgeInt8({ change: -0.02, interval: [-0.05, 0.01], miouChange: 0.01 })).toMatchObject({
    recommended: false,
    reason: expect.stringContaining('not certainly faster'),
  });
  expect(judgeInt8({ change: -0.001, interval: [-0.002, -0.0005], miouChange: 0 })).toEqual({
    recommended: false,
    reason:
      'int8 is 0.1 % faster than float32 on this machine, which may be less than 3 % and too little to change for, at +0.00 points of mIoU.',
  });
  expect(judgeInt8({ change: 0.1, interval: [0.05, 0.12], miouChange: 0 }).reason).toContain('10.0 % slower');
});
