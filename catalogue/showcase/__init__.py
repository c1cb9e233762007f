"""Trade promotion: who promotes the province's goods, where they are sold, at which events, under which mark."""
