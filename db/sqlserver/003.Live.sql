-- The live board counts what was closed in the last 30 days; everything it needs for that stands in the index.
CREATE INDEX incident_closed ON incident (closed_at, finish_by, grid_code, outside_grids) WHERE closed_at IS NOT NULL;
