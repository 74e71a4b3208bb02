-- Incidents by place, for servers that leave out the spatial index of the next script, and for boxes so small that it is cheaper.
CREATE INDEX incident_point ON incident (lat, lon) WHERE lat IS NOT NULL;
