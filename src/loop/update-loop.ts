import { emptyQueue } from '../persistent/queue.js'
import type { Loop } from './world.js'

// The loop with one field replaced; literals for the same reason as in update.ts.

export const withRunning = (loop: Loop, running: Loop['running']): Loop => ({
  id: loop.id,
  running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withStopping = (loop: Loop, stopping: Loop['stopping']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withTurn = (loop: Loop, turn: Loop['turn']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withBatch = (loop: Loop, batch: Loop['batch']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withReady = (loop: Loop, ready: Loop['ready']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withTimers = (loop: Loop, timers: Loop['timers']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withCancelledTimers = (loop: Loop, cancelledTimers: Loop['cancelledTimers']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withInterrupt = (loop: Loop, interrupt: Loop['interrupt']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

/** What is ready becomes the batch. */
export const withReadyAsBatch = (loop: Loop): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.ready,
  ready: emptyQueue,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withTaskFactory = (loop: Loop, taskFactory: Loop['taskFactory']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory,
  executor: loop.executor,
  exceptionHandler: loop.exceptionHandler,
})

export const withExceptionHandler = (loop: Loop, exceptionHandler: Loop['exceptionHandler']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
  exceptionHandler,
})

export const withExecutor = (loop: Loop, executor: Loop['executor']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor,
  exceptionHandler: loop.exceptionHandler,
})
