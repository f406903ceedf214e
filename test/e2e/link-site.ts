// A small site with one serial line and one broker, for the real process to run.

export const LINK_SITE = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
  - { id: bins-line, kind: serial, path: DIR/bins-line, baudRate: 9600, decoder: courtyard-line }
stations:
  - id: k1
    name: Kiosk
    bins:
      - { id: k1-wet, stream: wet, position: 1, emptyMm: 1000, fullMm: 200 }
      - { id: k2-dry, stream: dry, position: 2, emptyMm: 1000, fullMm: 200 }
meters: [{ id: water-main, name: Main }]
devices:
  - { id: k1, source: bins-line, every: 1s, assets: { wet: k1-wet } }
  - { id: k2, source: broker, decoder: courtyard-json, every: 1s, asset: k2-dry }
  - { id: meter-1, source: bins-line, every: 1s, asset: water-main }
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 1s, severity: medium, ticket: { category: bin-full, team: cleaners } }
`;
