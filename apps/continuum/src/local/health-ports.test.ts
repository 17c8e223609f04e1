import { processNames, serviceNameOf, sharedProcesses } from '@continuum/environments'
import { expect, test } from 'vitest'
import { consumers, healthPorts, servers, worker } from './health-ports.ts'

const services = [...new Set(processNames.map(serviceNameOf))].toSorted()

test.each([true, false])('every service of an environment has a health port here (separate: %s)', (separate) => {
  const ports = healthPorts(4620, { separate })
  expect(ports.map(({ name }) => name).toSorted()).toEqual(services)
})

test('what shares a process in AWS shares one here, with one port; the worker has the next', () => {
  const ports = healthPorts(4620, { separate: false })
  const at = (wanted: number) => ports.filter(({ port }) => port === wanted).map(({ process }) => process)
  expect(at(4620)).toEqual([...sharedProcesses])
  expect(at(4621)).toEqual([worker])
})

test('apart, each has a port of its own, and each is started once', () => {
  const ports = healthPorts(4620, { separate: true })
  expect(new Set(ports.map(({ port }) => port)).size).toBe(services.length)
  expect([...servers, ...consumers, worker].map(serviceNameOf).toSorted()).toEqual(services)
})
