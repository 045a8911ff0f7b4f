package server

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"beseda/protocol"
)

// metrics is what /metrics shows: how many, never who.
type metrics struct {
	registry *prometheus.Registry
	events   *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "beseda_events_total", Help: "Events stored, by kind.",
		}, []string{"kind"}),
	}
	m.registry.MustRegister(m.events, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch adds what is asked for when somebody looks.
func (m *metrics) watch(connections func() int, online func() (visitors, operators int), full func() bool) {
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "beseda_connections", Help: "Open WebSocket connections.",
		}, func() float64 { return float64(connections()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "beseda_visitors_online", Help: "Visitors connected now or four seconds ago.",
		}, func() float64 { n, _ := online(); return float64(n) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "beseda_operators_online", Help: "Operators connected now or four seconds ago.",
		}, func() float64 { _, n := online(); return float64(n) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "beseda_storage_full", Help: "1 while the disk is too full to store anything.",
		}, func() float64 {
			if full() {
				return 1
			}
			return 0
		}),
	)
}

func (m *metrics) published(frames []protocol.Frame) {
	for i := range frames {
		if frames[i].Position != 0 {
			m.events.WithLabelValues(string(frames[i].Kind)).Inc()
		}
	}
}
