"""Road travel between the places of a district: times, metres, and the line on the map."""
