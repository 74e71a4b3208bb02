-- What the spatial index of SQL Server is there: an R*Tree over the boxes of all areas, kept by the database itself.
CREATE VIRTUAL TABLE area_box USING rtree (id, min_lon, max_lon, min_lat, max_lat);

CREATE TRIGGER area_box_insert AFTER INSERT ON area
BEGIN
  INSERT INTO area_box (id, min_lon, max_lon, min_lat, max_lat)
  VALUES (new.id, new.min_lon, new.max_lon, new.min_lat, new.max_lat);
END;
