-- What the spatial index of SQL Server is there: an R*Tree over the boxes of all areas, its ids those of area. An import fills
-- it with one statement; a trigger would cost three times as much a row.
CREATE VIRTUAL TABLE area_box USING rtree (id, min_lon, max_lon, min_lat, max_lat);
