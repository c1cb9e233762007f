"""Trade promotion: who promotes the province's goods, where they are sold, and under which mark."""
