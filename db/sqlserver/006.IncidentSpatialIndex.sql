-- Alone in its script, so that a server without spatial indexes can leave it out by name; incident_point then serves alone.
CREATE SPATIAL INDEX incident_place ON incident (place) USING GEOGRAPHY_AUTO_GRID;
