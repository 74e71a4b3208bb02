-- Alone in its script, so that a server without spatial indexes can leave it out by name.
CREATE SPATIAL INDEX area_shape ON area (shape) USING GEOGRAPHY_AUTO_GRID;
