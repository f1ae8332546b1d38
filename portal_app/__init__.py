"""Vakpoort: one portal for sector training funds, certification bodies and institutes."""
