import { describe, expect, it } from 'vitest'
import { attemptMs, backoffMs, startsAnew } from './backoff.ts'
import { isPolite, judgeDescription, makesFirstOffer } from './negotiation.ts'
import { linkQuality, nextPictureStep, TOP_STEP } from './picture-budget.ts'

describe('roles of a pair', () => {
  it('are opposite on the two sides', () => {
    expect([isPolite('a', 'b'), isPolite('b', 'a')]).toEqual([true, false])
    expect([makesFirstOffer('a', 'b'), makesFirstOffer('b', 'a')]).toEqual([false, true])
  })

  it('let exactly one offer through when both collide', () => {
    expect([
      judgeDescription('offer', 'have-local-offer', true),
      judgeDescription('offer', 'have-local-offer', false),
    ]).toEqual(['apply', 'ignore'])
  })

  it('take an answer once', () => {
    expect([judgeDescription('answer', 'have-local-offer', true), judgeDescription('answer', 'stable', true)]).toEqual([
      'apply',
      'ignore',
    ])
  })
})

describe('backoff', () => {
  it('grows, spreads and never ends', () => {
    expect([0, 1, 5, 500].map((attempt) => backoffMs(attempt, () => 0.5))).toEqual([0, 700, 5000, 5000])
    expect([backoffMs(5, () => 0), backoffMs(5, () => 1)]).toEqual([4000, 6000])
    expect([0, 1, 2, 9].map(attemptMs)).toEqual([3000, 4500, 6750, 10_000])
    expect([0, 1, 2, 3, 4, 5].map(startsAnew)).toEqual([false, false, true, false, false, true])
  })
})

describe('picture budget', () => {
  const calm = { lossFraction: 0, roundTripMs: 80, availableKbps: 400 }

  it('gives the picture up before the voice suffers', () => {
    const bad = { calmSeconds: 0, badSeconds: 1 }
    expect(nextPictureStep(TOP_STEP, { ...calm, lossFraction: 0.2 }, bad)).toBe(TOP_STEP - 2)
    expect(nextPictureStep(2, { ...calm, lossFraction: 0.08 }, bad)).toBe(1)
    expect(
      [1, 7].map((badSeconds) => nextPictureStep(1, { ...calm, availableKbps: 30 }, { calmSeconds: 0, badSeconds })),
    ).toEqual([1, 0])
  })

  it('grows one step after calm and stays at the top', () => {
    const after = (calmSeconds: number) => ({ calmSeconds, badSeconds: 0 })
    expect([
      nextPictureStep(1, calm, after(1)),
      nextPictureStep(1, calm, after(9)),
      nextPictureStep(TOP_STEP, calm, after(99)),
    ]).toEqual([1, 2, TOP_STEP])
    expect(nextPictureStep(0, calm, after(9))).toBe(1)
  })

  it('names the link', () => {
    expect([calm, { ...calm, roundTripMs: 800 }, { ...calm, lossFraction: 0.2 }].map(linkQuality)).toEqual([
      'good',
      'fair',
      'poor',
    ])
  })
})
