-- Alone in its script, so that a server without spatial indexes can leave it out by name, and reads the table instead.
CREATE SPATIAL INDEX incident_place ON incident (place) USING GEOGRAPHY_AUTO_GRID;
